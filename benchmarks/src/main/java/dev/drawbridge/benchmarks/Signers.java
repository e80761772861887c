package dev.drawbridge.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.drawbridge.it.peers.FedifyPeer;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the RSA signers that are to be had on this machine can do alone: one thread unless said otherwise, keys of
/// 2,048 bits, SHA-256, a message as long as what is signed of a request.
record Signers(Duration time) {
    private static final int MESSAGE_BYTES = 200;

    /// Signatures per second of processor time, by the name of who makes them.
    Map<String, Double> measure() {
        var perSecond = new LinkedHashMap<String, Double>();
        perSecond.put("Amazon Corretto (native)", perCpuSecond(AmazonCorrettoCryptoProvider.INSTANCE));
        perSecond.put(
                "Amazon Corretto (native), on all processors at once",
                onAllProcessors(AmazonCorrettoCryptoProvider.INSTANCE));
        perSecond.put("the JDK", perCpuSecond(Objects.requireNonNull(Security.getProvider("SunRsaSign"))));
        perSecond.put("Node", FedifyPeer.signaturesPerCpuSecond(time));
        return perSecond;
    }

    /// Two processors may be two threads of one core: then each does less while the other works too.
    private double onAllProcessors(Provider provider) {
        int processors = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(processors)) {
            return threads
                    .invokeAll(Collections.<Callable<Double>>nCopies(processors, () -> perCpuSecond(provider)))
                    .stream()
                    .mapToDouble(Future::resultNow)
                    .average()
                    .orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private double perCpuSecond(Provider provider) {
        try {
            PrivateKey key = key(provider);
            byte[] message = new byte[MESSAGE_BYTES];
            until(System.nanoTime() + time.toNanos() / 2, provider, key, message);
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            int signatures = until(System.nanoTime() + time.toNanos(), provider, key, message);
            return signatures / ((threads.getCurrentThreadCpuTime() - before) / 1e9);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " does not sign", e);
        }
    }

    private static PrivateKey key(Provider provider) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        return KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static int until(long end, Provider provider, PrivateKey key, byte[] message)
            throws GeneralSecurityException {
        int signatures = 0;
        while (System.nanoTime() < end) {
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(key);
            signature.update(message);
            signature.sign();
            signatures++;
        }
        return signatures;
    }
}
