"""What `storytime rehearse` is made of: a scenario, a stage with the whole program on it, a diary and a gallery."""
