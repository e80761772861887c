package dev.drawbridge.atproto;

import dev.drawbridge.atproto.store.Budget;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoWriter;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What an operator has to know of relays: how much they take, what they leave out, and what to write to them.
final class RelayReport {
    private static final int NEARLY = 80;

    /// How much more to ask for: asking takes people's time, so it should do for a while.
    private static final int MORE = 3;

    private final PdsStore store;
    private final RelayStatus status;
    private final RelayCare care;
    private final InstanceInfo instance;

    RelayReport(PdsStore store, RelayStatus status, RelayCare care, InstanceInfo instance) {
        this.store = store;
        this.status = status;
        this.care = care;
        this.instance = instance;
    }

    /// What is not as it should be.
    List<String> troubles() {
        List<String> troubles =
                new ArrayList<>(status.troubles(store.sequencer().latest()));
        for (URI relay : status.relays()) {
            Map<String, Integer> missing = care.missing(relay);
            if (!missing.isEmpty()) {
                troubles.add("the relay " + relay + " does not carry " + counts(missing));
            }
        }
        if (budget().limited()) {
            if (isFull()) {
                troubles.add("relays take " + budget().limits().accounts() + " accounts, and there are "
                        + store.accounts().count() + ": nobody else gets one. " + request());
            }
            RepoWriter.Backlog backlog = store.writer().backlog();
            backlog.since()
                    .ifPresent(since -> troubles.add(
                            backlog.writes() + " writes wait since " + since + ": relays take no more now"));
        }
        return troubles;
    }

    /// Asks every relay now.
    List<Finding> examine() {
        if (status.relays().isEmpty()) {
            return List.of();
        }
        status.look();
        List<Finding> findings = new ArrayList<>();
        status.relays().forEach(relay -> findings.add(relay(relay)));
        findings.add(accounts());
        findings.add(use("events of an hour", budget().lastHour()));
        findings.add(use("events of a day", budget().lastDay()));
        return findings;
    }

    private Finding relay(URI relay) {
        String subject = "relay " + relay.getHost();
        if (status.silent().contains(relay)) {
            return Finding.note(subject, "does not answer", "See whether " + relay + " is reached from here.");
        }
        RelayStatus.Host host = status.seen().get(relay);
        if (host == null) {
            return Finding.bad(
                    subject,
                    "knows nothing of " + instance.baseUrl().getHost(),
                    "It is asked to read when something is written, every 20 minutes at most. See the log for its"
                            + " answer.");
        }
        Map<String, Integer> missing = care.missing(relay);
        String text = host.status() + ", has event " + number(host.seq().orElse(0)) + " of "
                + number(store.sequencer().latest()) + " and counts "
                + number(host.accounts().orElse(0)) + " accounts";
        if (List.of("throttled", "banned", "offline").contains(host.status())) {
            return Finding.bad(subject, text, request());
        }
        return missing.isEmpty()
                ? Finding.good(subject, text)
                : Finding.bad(subject, text + ", and does not carry " + counts(missing), request());
    }

    private Finding accounts() {
        long now = store.accounts().count();
        long most = budget().limits().accounts();
        String text = number(now) + " of " + number(most);
        if (isFull()) {
            return Finding.bad("accounts relays take", text, request());
        }
        return now * 100 >= most * NEARLY
                ? Finding.note("accounts relays take", text, request())
                : Finding.good("accounts relays take", text);
    }

    private Finding use(String subject, Budget.Use use) {
        long waiting = store.writer().backlog().writes();
        String text = number(use.events()) + " of " + number(use.limit())
                + (waiting == 0 ? "" : "; " + number(waiting) + " writes wait");
        return use.percent() < NEARLY ? Finding.good(subject, text) : Finding.note(subject, text, request());
    }

    /// What to write to the operator of a relay, ready to send.
    private String request() {
        long accounts = store.accounts().count();
        long day = budget().lastDay().events();
        String contact = instance.contact().replaceFirst("^mailto:", "");
        return "Write to the relay's operator: \"Please raise the limits of the host "
                + instance.baseUrl().getHost()
                + ". It is a bridge; every account on it belongs to somebody who asked for it. It has "
                + number(accounts) + " accounts and published " + number(day)
                + " events in the last 24 hours. We would need "
                + number(Math.max(accounts, budget().limits().accounts()) * MORE) + " accounts and "
                + number(Math.max(day, budget().lastDay().limit()) * MORE) + " events a day."
                + (contact.isEmpty() ? "" : " You reach us at " + contact + ".")
                + "\" Then raise relay-limits in the settings.";
    }

    private boolean isFull() {
        return store.accounts().count() >= budget().limits().accounts();
    }

    private Budget budget() {
        return store.sequencer().budget();
    }

    private static String counts(Map<String, Integer> missing) {
        int all = missing.values().stream().mapToInt(Integer::intValue).sum();
        return number(all) + (all == 1 ? " account (" : " accounts (")
                + missing.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String number(long value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }
}
