from mail.models import Association


def site(request):
    return {"association": Association.load(request), "menu": [], "theme": "", "crisis_url": "/akut-hjalp/"}
