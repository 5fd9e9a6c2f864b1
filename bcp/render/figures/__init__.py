"""Vector drawings of what was computed. Colour never says anything alone: words, height or pattern say it too."""
