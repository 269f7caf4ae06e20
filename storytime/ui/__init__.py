"""What a person sees: screens that draw from values and wish by calling services."""
