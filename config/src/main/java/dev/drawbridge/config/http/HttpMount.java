package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one request to an endpoint and its answer back.
final class HttpMount {
    private static final Logger LOG = LoggerFactory.getLogger(HttpMount.class);
    private final BodyBudget budget;

    HttpMount(BodyBudget budget) {
        this.budget = budget;
    }

    void handle(EndpointTable.Found<Endpoint.Http> found, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!hasBody(request)) {
            answer(found.endpoint(), found.call(), request, response);
            return;
        }
        BodyBudget.Reading reading = budget.read(
                request.getInputStream(),
                request.getContentLengthLong(),
                found.endpoint().maxBody());
        switch (reading) {
            case BodyBudget.Reading.Whole(byte[] body) -> {
                try {
                    answer(found.endpoint(), CallReader.with(found.call(), body), request, response);
                } finally {
                    budget.release(body.length);
                }
            }
            case BodyBudget.Reading.TooLong() -> refuseBody(413, found, response);
            case BodyBudget.Reading.NoRoom() -> {
                response.setHeader("retry-after", "5");
                refuseBody(503, found, response);
            }
        }
    }

    /// The rest of the body is never read for its content, so the connection cannot be used again.
    private static void refuseBody(int status, EndpointTable.Found<Endpoint.Http> found, HttpServletResponse response)
            throws IOException {
        LOG.info(
                "refused a body from {} for {} {}: {}",
                found.call().remote(),
                found.endpoint().method(),
                found.endpoint().path(),
                status == 413 ? "longer than " + found.endpoint().maxBody() + " bytes" : "no room");
        response.setHeader("connection", "close");
        write(PlainAnswers.of(status), false, response);
    }

    private static void answer(
            Endpoint.Http endpoint, HttpCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpReply reply;
        try {
            reply = endpoint.handler().handle(call);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", endpoint.method(), endpoint.path(), e);
            PlainAnswers.send(PlainAnswers.of(500), request, response);
            return;
        }
        write(reply, call.method().equals("HEAD"), response);
    }

    static void write(HttpReply reply, boolean headOnly, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("content-type")) {
                // Through the setter the server would add a charset of its own to some types.
                response.setContentType(value);
            } else {
                response.setHeader(name, value);
            }
        });
        if (headOnly) {
            response.flushBuffer();
            return;
        }
        reply.body().writeTo(response.getOutputStream());
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("transfer-encoding") != null;
    }
}
