from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from gadgets import views
from gadgets.many import Router

router = Router(trailing_slash=False)
router.register("gadgets", views.GadgetViewSet, "gadget")
router.register("linked", views.LinkedGadgetViewSet, "linked")
router.register("numbered", views.NumberedGadgetViewSet, "numbered")
router.register("offset", views.OffsetGadgetViewSet, "offset")
router.register("sparse", views.SparseGadgetViewSet, "sparse")
router.register("purchases", views.PurchaseViewSet, "purchase")
router.register("drawings", views.DrawingViewSet, "drawing")
router.register("kits", views.KitViewSet, "kit")
router.register("tasks", views.TaskViewSet, "task")

urlpatterns = [
    path("api/v1/auth/token", views.SignIn.as_view()),
    path("api/v1/", include(router.urls)),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
handler404 = "gadgets.errors.nothing_here"
