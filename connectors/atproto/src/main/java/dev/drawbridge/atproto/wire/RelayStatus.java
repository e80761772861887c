package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What relays say of us: how far they have read, whether they still do, and whom of us they carry.
///
/// Spec: lexicons `com.atproto.sync.getHostStatus`, `com.atproto.sync.getRepoStatus`
public final class RelayStatus {
    private static final Logger LOG = LoggerFactory.getLogger(RelayStatus.class);
    private static final Optional<String> NOT_FOUND = Optional.of("RepoNotFound");
    private final List<URI> relays;
    private final String hostname;
    private final Json json;
    private final Map<URI, Host> seen = new ConcurrentHashMap<>();
    private final Map<URI, String> silent = new ConcurrentHashMap<>();

    /// What one relay knows of one host.
    ///
    /// @param seq the last event it has read; empty if it does not say
    /// @param accounts how many of the host it counts; empty if it does not say
    /// @param status `active`, `idle`, `offline`, `throttled`, `banned`
    public record Host(OptionalLong seq, OptionalLong accounts, String status) {}

    /// What one relay knows of one account.
    ///
    /// @param status why it is not carried, such as `throttled`; empty if it is
    public record Standing(boolean active, String status) {
        /// The relay has never heard of it.
        public static final String UNKNOWN = "unknown";
    }

    /// @param hostname ours, as relays reach it
    public RelayStatus(List<URI> relays, String hostname, OutboundHttp http) {
        this.relays = List.copyOf(relays);
        this.hostname = hostname;
        this.json = new Json(http);
    }

    /// Asks every relay, and keeps what they say.
    public void look() {
        for (URI relay : relays) {
            try {
                host(relay).ifPresentOrElse(host -> seen.put(relay, host), () -> seen.remove(relay));
                silent.remove(relay);
            } catch (Unavailable e) {
                silent.put(relay, String.valueOf(e.getMessage()));
                LOG.info("the relay {} does not say how far it has read: {}", relay, e.getMessage());
            }
        }
    }

    /// The highest number of an event of ours that a relay says it has, asked now; empty if none has any, or none
    /// answers.
    public OptionalLong highestSeen() {
        look();
        return seen.values().stream().flatMapToLong(host -> host.seq().stream()).max();
    }

    /// Relays that do not carry what we say, and why.
    ///
    /// @param latest the number of our newest event
    public List<String> troubles(long latest) {
        List<String> troubles = new ArrayList<>();
        seen.forEach((relay, host) -> {
            switch (host.status()) {
                case "throttled", "banned", "offline" ->
                    troubles.add("the relay " + relay + " calls us " + host.status() + count(host)
                            + ". Ask its operator, naming the host " + hostname);
                default -> {}
            }
            if (host.seq().orElse(0) > latest) {
                troubles.add("the relay " + relay + " has event "
                        + host.seq().getAsLong() + " of us, and our newest is " + latest
                        + ": this store is not the newest. Start again, so that numbers go on behind it");
            }
        });
        return troubles.stream().sorted().toList();
    }

    /// The relays that are asked to read us.
    public List<URI> relays() {
        return relays;
    }

    /// What relays said when they were last asked; those that do not know us are left out.
    public Map<URI, Host> seen() {
        return Map.copyOf(seen);
    }

    /// Asks one relay about one account.
    ///
    /// @throws Unavailable if it does not answer, or not in a way that says anything about the account
    public Standing account(URI relay, Did did) {
        URI at = at(relay, "getRepoStatus?did=", did.value());
        Answer answer = json.send(Request.get(at, Map.of("accept", "application/json")));
        Optional<DataMap> found = Json.object(answer);
        if (found.flatMap(error -> error.text("error")).equals(NOT_FOUND)) {
            return new Standing(false, Standing.UNKNOWN);
        }
        if (answer.status() / 100 != 2 || found.isEmpty()) {
            // Whom it does not let ask, or what it does not understand: who is told anew for that costs events daily.
            throw new Unavailable(at + " answers " + answer.status(), Optional.empty());
        }
        return found.get().bool("active").orElse(false)
                ? new Standing(true, "")
                : new Standing(
                        false,
                        found.get().text("status").filter(RelayStatus::isWord).orElse("inactive"));
    }

    /// What a relay says is shown to the operator.
    private static boolean isWord(String status) {
        return status.matches("[a-z-]{1,40}");
    }

    /// Relays that could not be asked.
    public List<URI> silent() {
        return silent.keySet().stream().sorted().toList();
    }

    private static String count(Host host) {
        return host.accounts().isPresent() ? " (" + host.accounts().getAsLong() + " accounts)" : "";
    }

    private Optional<Host> host(URI relay) {
        return json.get(at(relay, "getHostStatus?hostname=", hostname))
                .map(found -> new Host(
                        number(found, "seq"),
                        number(found, "accountCount"),
                        found.text("status").orElse("")));
    }

    private static URI at(URI relay, String method, String value) {
        return URI.create(relay.getScheme() + "://" + relay.getRawAuthority() + "/xrpc/com.atproto.sync." + method
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static OptionalLong number(DataMap found, String field) {
        OptionalLong value = found.integer(field);
        return value.orElse(-1) < 0 ? OptionalLong.empty() : value;
    }
}
