"""What rules ask of answers: a module for each chapter or kind of rule."""
