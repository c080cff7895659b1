"""What happens when a button is pressed: boxes, answers, and a command in between."""
