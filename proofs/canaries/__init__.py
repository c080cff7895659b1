"""Personal data stays where it belongs: a canary in every field, looked for everywhere else."""
