package io.streamforge.loader.net;

import io.streamforge.settings.FileFault;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that are trusted in place of the JDK's: those of a proxy, or of a test's venue. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * A context that trusts the certificates of a file and no others.
   *
   * @param key of the setting that names the file
   * @param pem certificates in PEM's form
   * @throws SettingsException if it has none
   */
  public static SSLContext of(String key, Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + count++, each);
      }
      if (count == 0) {
        throw SettingsException.of(key, pem, "a file of certificates in PEM's form");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw SettingsException.of(key, pem, "a file of certificates in PEM's form: " + reason(e));
    }
  }

  /** A certificate's exception has that of the file as its cause. */
  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof IOException ofFile ? FileFault.reason(ofFile) : root.getMessage();
  }
}
