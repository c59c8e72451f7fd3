"""Read and write one aggregate each; never commit."""
