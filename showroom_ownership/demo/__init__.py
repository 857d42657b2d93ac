"""The demo dealership: eight weeks of a showroom, played by its own people. Imported only when demo data is loaded."""
