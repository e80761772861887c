package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/// Offers the connectors' endpoints to Spring MVC, before its own pages; what nobody answers ends in [Nowhere].
public final class EndpointMapping implements HandlerMapping, Ordered {
    private final EndpointTable table;
    private final CallReader reader;
    private final HttpMount http;
    private final SocketMount sockets;
    private final Gate gate;

    public EndpointMapping(EndpointTable table, CallReader reader, SocketMount sockets, Gate gate, long bodyMemory) {
        this.gate = gate;
        this.table = table;
        this.reader = reader;
        this.http = new HttpMount(new BodyBudget(bodyMemory));
        this.sockets = sockets;
    }

    @Override
    public int getOrder() {
        return -10;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        return find(request).map(HandlerExecutionChain::new).orElse(null);
    }

    private Optional<HttpRequestHandler> find(HttpServletRequest request) {
        HttpCall call;
        try {
            call = reader.read(request);
        } catch (IllegalArgumentException e) {
            return Optional.of(plain(PlainAnswers.of(400)));
        }
        String path = request.getRequestURI();
        Function<Map<String, String>, HttpCall> withPath = variables -> CallReader.with(call, variables);
        if (SocketMount.isHandshake(call)) {
            var socket = table.socket(path, withPath);
            if (socket.isPresent() && !gate.isOpen()) {
                return Optional.of(plain(notYet()));
            }
            if (socket.isPresent()) {
                return Optional.of((asked, answer) -> sockets.upgrade(socket.get(), asked, answer));
            }
        }
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        return table.http(call.method(), path, withPath)
                .map(found -> reads || gate.isOpen()
                        ? (asked, answer) -> http.handle(found, asked, answer)
                        : plain(notYet()));
    }

    private static HttpReply notYet() {
        return PlainAnswers.of(503).with("retry-after", "10");
    }

    static HttpRequestHandler plain(HttpReply reply) {
        return (request, response) -> PlainAnswers.send(reply, request, response);
    }

    /// Asked last: 405 where another method would be answered, 426 where only a WebSocket is, else 404.
    public static final class Nowhere implements HandlerMapping, Ordered {
        private final EndpointTable table;

        public Nowhere(EndpointTable table) {
            this.table = table;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public HandlerExecutionChain getHandler(HttpServletRequest request) {
            String path = request.getRequestURI();
            SortedSet<String> methods = table.methods(path);
            boolean answersThis = methods.contains(request.getMethod());
            if (methods.isEmpty() || answersThis) {
                boolean socket = !answersThis && table.hasSocket(path);
                HttpReply reply = socket ? PlainAnswers.of(426).with("upgrade", "websocket") : PlainAnswers.of(404);
                return new HandlerExecutionChain(plain(reply));
            }
            methods.add("OPTIONS");
            HttpReply reply = request.getMethod().equals("OPTIONS") ? HttpReply.of(204) : PlainAnswers.of(405);
            return new HandlerExecutionChain(plain(reply.with("allow", String.join(", ", methods))));
        }
    }
}
