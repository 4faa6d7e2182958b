"""Reports brought in, and the commitments in them: what a machine cut out, and what people made of it."""
