"""Without a length gunicorn would answer in chunks, with two writes for each body."""


def content_length(get_response):
    def answer(request):
        response = get_response(request)
        if not response.streaming:
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return answer
