package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// The web as a table: what is not in it does not exist.
public final class FakeWeb implements OutboundHttp {
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();

    private final Map<String, CountDownLatch> silences = new ConcurrentHashMap<>();

    /// Every request, oldest first: `GET https://…`.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /// The last body of each request.
    public final Map<String, String> bodies = new HashMap<>();

    public FakeWeb has(String request, int status, String body) {
        return has(request, status, body.getBytes(StandardCharsets.UTF_8));
    }

    public synchronized FakeWeb has(String request, int status, byte[] body) {
        failures.remove(request);
        answers.put(request, new Answer(status, Map.of(), body, URI.create(request.split(" ")[1])));
        return this;
    }

    /// Leaves whoever asks without an answer until the latch opens.
    public FakeWeb hangs(String request, CountDownLatch until) {
        silences.put(request, until);
        return this;
    }

    public synchronized FakeWeb fails(String request, Failure failure) {
        failures.put(request, failure);
        return this;
    }

    /// Everybody as this web tells of them: DIDs by the directory at `https://plc.test`, no handle by DNS.
    public People people(InstantSource clock) {
        var plc = new PlcDirectory(URI.create("https://plc.test"), this);
        return new People(
                new DidResolver(plc, this, false, clock),
                new HandleResolver(this, _ -> List.of()),
                new HostClient(this),
                false);
    }

    @Override
    public Answer send(Request request) {
        String key = request.method() + ' ' + request.uri();
        requests.add(key);
        CountDownLatch silence = silences.get(key);
        if (silence != null) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OutboundException(Failure.TIMEOUT, key);
            }
        }
        return answer(request, key);
    }

    private synchronized Answer answer(Request request, String key) {
        bodies.put(key, new String(request.body(), StandardCharsets.UTF_8));
        if (failures.containsKey(key)) {
            throw new OutboundException(failures.get(key), key);
        }
        return answers.getOrDefault(key, new Answer(404, Map.of(), new byte[0], request.uri()));
    }
}
