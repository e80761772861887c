package dev.drawbridge.config.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server says where no page can: to a request that is none, or when the page for errors fails itself. Made by
/// the server, by its name. Says a number and nothing about what is inside.
public final class LastWord extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);
    private static final String PAGE = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>Error %1$d · Drawbridge</title><link rel="stylesheet" href="/assets/drawbridge.css"></head>
        <body><main><h1>Error %1$d</h1><p>This cannot be answered.</p><p><a href="/">Drawbridge</a></p></main></body>
        </html>
        """;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        boolean answered = response.getContentWritten() > 0 || !response.setErrorReported();
        if (status < 400 || answered) {
            return;
        }
        try {
            response.setContentType("text/html");
            response.setCharacterEncoding("utf-8");
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'");
            response.getReporter().write(PAGE.formatted(status));
            response.finishResponse();
        } catch (IOException e) {
            // Whoever asked is gone.
            LOG.debug("nobody took the answer {}", status, e);
        }
    }
}
