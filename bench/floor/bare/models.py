from django.db import models


class Meeting(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    places = models.PositiveIntegerField()


class Entry(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE)
    name = models.CharField(max_length=100)
    email = models.EmailField()
    waiting = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
