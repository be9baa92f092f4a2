import pytest, time
@pytest.mark.django_db
def test_rows():
    from wagtail.models import Page
    assert Page.objects.count()
@pytest.mark.parametrize("n",range(5))
@pytest.mark.django_db(transaction=True)
def test_rows2(n):
    from wagtail.models import Page
    assert Page.objects.count()
    Page.objects.all().delete()
