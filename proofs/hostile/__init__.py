"""Proof that hostile and broken files are refused: `python -m proofs.hostile`."""
