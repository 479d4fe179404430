"""Output formats: one module each, with one function `render(report, style) -> str`."""
