"""What `python -m proofs.halfway` is made of."""
