"""Side by side with stock Odoo: see benchmarks/README.md."""
