package dev.drawbridge.nostr.store;

class InMemoryRelayRulesTest extends RelayRulesContract {
    private final RelayRules rules = new InMemoryRelayRules();

    @Override
    RelayRules rules() {
        return rules;
    }
}
