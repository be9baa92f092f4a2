"""The demo association: public facts of Föreningen Balans Stockholm, and otherwise only inventions.

The words are data. How they become rows is in `loading`.
"""
