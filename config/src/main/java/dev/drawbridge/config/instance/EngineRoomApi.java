package dev.drawbridge.config.instance;

import dev.drawbridge.console.EngineRoom;
import dev.drawbridge.engine.HostStates;
import dev.drawbridge.engine.crypto.KeyRotation;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the operator's programs see of the machine: servers of others, and master keys.
final class EngineRoomApi {
    private static final String KEYS = OperatorApi.BASE + "/keys";
    private static final JsonMapper JSON = new JsonMapper();

    private final EngineRoom room;

    EngineRoomApi(EngineRoom room) {
        this.room = room;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(OperatorApi.BASE + "/hosts", token.guard(_ -> hosts())),
                Endpoint.Http.get(KEYS, token.guard(_ -> OperatorApi.answer(200, keys()))),
                Endpoint.Http.post(KEYS + "/rotate", 0, token.guard(_ -> rotate())));
    }

    private HttpReply hosts() {
        ObjectNode answer = JSON.createObjectNode();
        var hosts = answer.putArray("hosts");
        room.hosts().all().forEach(host -> hosts.add(host(host)));
        return OperatorApi.answer(200, answer);
    }

    private static ObjectNode host(HostStates.Host host) {
        ObjectNode json = JSON.createObjectNode()
                .put("network", host.network().name())
                .put("name", host.name())
                .put("waiting", host.waiting())
                .put("reason", host.reason());
        host.since().ifPresent(since -> json.put("since", since.toString()));
        host.next().ifPresent(next -> json.put("next", next.toString()));
        host.paused()
                .ifPresent(paused -> json.putObject("paused")
                        .put("failures", paused.failures())
                        .put("until", paused.until().toString()));
        return json;
    }

    private ObjectNode keys() {
        KeyRotation.Standing standing = room.rotation().standing();
        ObjectNode answer = JSON.createObjectNode()
                .put("newest", standing.newest())
                .put("older", standing.older())
                .put("running", room.rotation().running());
        ObjectNode counts = answer.putObject("counts");
        new TreeMap<>(standing.counts()).forEach(counts::put);
        return answer;
    }

    private HttpReply rotate() {
        ObjectNode before = keys();
        room.rotate();
        return OperatorApi.answer(202, before);
    }
}
