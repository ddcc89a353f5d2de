"""Charts: pictures of figures as SVG, drawn at build time; `draw.svg` is the way in."""
