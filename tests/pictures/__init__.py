"""Pictures of the ribbon, drawn from the same declarations as the ribbon itself."""
