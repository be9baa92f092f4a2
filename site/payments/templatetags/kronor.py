"""`{% load kronor %}{{ charge.amount|kr }}`"""

from django import template

from payments.kronor import kronor

register = template.Library()
register.filter("kr", kronor)
