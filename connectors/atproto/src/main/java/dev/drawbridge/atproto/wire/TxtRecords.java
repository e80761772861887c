package dev.drawbridge.atproto.wire;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/// TXT records of a name.
@FunctionalInterface
public interface TxtRecords {
    /// Every record, as one string each; none if there are none or DNS does not answer.
    List<String> of(String name);

    /// The resolvers of this machine.
    static TxtRecords ofSystem() {
        return name -> {
            Hashtable<String, String> settings = new Hashtable<>();
            settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
            settings.put("com.sun.jndi.dns.timeout.initial", "2000");
            settings.put("com.sun.jndi.dns.timeout.retries", "2");
            try {
                InitialDirContext dns = new InitialDirContext(settings);
                try {
                    return texts(dns.getAttributes(name, new String[] {"TXT"}).get("TXT"));
                } finally {
                    dns.close();
                }
            } catch (NamingException e) {
                return List.of();
            }
        };
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Attribute found) throws NamingException {
        List<String> texts = new ArrayList<>();
        if (found != null) {
            for (int i = 0; i < found.size(); i++) {
                texts.add(String.valueOf(found.get(i)).replaceAll("^\"|\"$", "").replace("\" \"", ""));
            }
        }
        return texts;
    }
}
