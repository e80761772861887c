package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Which endpoint answers a request. Endpoints are asked in the order they were given; the first that matches answers.
public final class EndpointTable {
    private record Route<E extends Endpoint>(E endpoint, PathTemplate path) {
        Route(E endpoint) {
            this(endpoint, new PathTemplate(endpoint.path()));
        }
    }

    /// An endpoint and the request as it will see it, still without a body.
    record Found<E extends Endpoint>(E endpoint, HttpCall call) {}

    private final List<Route<Endpoint.Http>> https = new ArrayList<>();
    private final List<Route<Endpoint.Socket>> sockets = new ArrayList<>();

    public EndpointTable(List<? extends Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            switch (endpoint) {
                case Endpoint.Http http -> https.add(new Route<>(http));
                case Endpoint.Socket socket -> sockets.add(new Route<>(socket));
            }
        }
    }

    /// The endpoint that answers. A `HEAD` is answered by what answers `GET`.
    ///
    /// @param call makes the request from the path variables
    Optional<Found<Endpoint.Http>> http(String method, String rawPath, Function<Map<String, String>, HttpCall> call) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (var route : https) {
            if (!route.endpoint().method().equals(wanted)) {
                continue;
            }
            Optional<HttpCall> asked = route.path().match(rawPath).map(call);
            if (asked.filter(route.endpoint().when()).isPresent()) {
                return Optional.of(new Found<>(route.endpoint(), asked.get()));
            }
        }
        return Optional.empty();
    }

    Optional<Found<Endpoint.Socket>> socket(String rawPath, Function<Map<String, String>, HttpCall> call) {
        for (var route : sockets) {
            Optional<HttpCall> asked = route.path().match(rawPath).map(call);
            if (asked.isPresent()) {
                return Optional.of(new Found<>(route.endpoint(), asked.get()));
            }
        }
        return Optional.empty();
    }

    /// The methods that some endpoint at this path answers; empty if there is nothing at this path.
    SortedSet<String> methods(String rawPath) {
        var methods = new TreeSet<String>();
        for (var route : https) {
            if (route.path().match(rawPath).isPresent()) {
                methods.add(route.endpoint().method());
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    boolean hasSocket(String rawPath) {
        return sockets.stream().anyMatch(route -> route.path().match(rawPath).isPresent());
    }
}
