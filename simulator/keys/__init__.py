"""The test authorities: who signs CAFs, and who certifies persons."""
