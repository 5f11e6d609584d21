"""Answers: what the archive gives to each kind of question, in plain values that JSON can hold."""
