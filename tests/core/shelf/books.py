"""Books (EPUB) made to order, good and bad."""

import zipfile

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>unheard</title></head><body>{}</body></html>'
)
PACKAGE = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
    ' version="{version}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
    "<manifest>{items}</manifest><spine{toc}>{refs}</spine>{guide}</package>"
)
METADATA = "<dc:title>The Book</dc:title><dc:creator>Ann</dc:creator><dc:language>en-gb</dc:language>"


def book(path, pages, *, spine=None, metadata=METADATA, items="", guide="", extra=(), version="3.0", toc=""):
    """Write an EPUB; `pages` is name to body (or bytes as they are), `extra` is (member, bytes)."""
    spine = list(pages) if spine is None else spine
    manifest = items + "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in dict.fromkeys([*pages, *spine])
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        package = PACKAGE.format(
            version=version,
            metadata=metadata,
            items=manifest,
            refs=refs,
            guide=guide,
            toc=f' toc="{toc}"' if toc else "",
        )
        archive.writestr("OEBPS/content.opf", package)
        for name, body in pages.items():
            archive.writestr(f"OEBPS/{name}.xhtml", body if isinstance(body, bytes) else PAGE.format(body))
        for name, data in extra:
            archive.writestr(name, data)
    return path
