"""What the analysis library costs and how well it does, each figure against a rival or a limit in the same process."""
