import static java.util.stream.Collectors.joining;

import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.simplereport.jaxb.XmlTimestamp;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Usage: Validate TRUST.pem POLICY.xml FILE...; prints one JSON line a file. No network: online sources are unset. */
public final class Validate {
  public static void main(String[] args) throws Exception {
    CommonTrustedCertificateSource roots = new CommonTrustedCertificateSource();
    try (InputStream in = new FileInputStream(args[0])) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.addCertificate(DSSUtils.loadCertificate(one.getEncoded()));
      }
    }
    for (int at = 2; at < args.length; at++) System.out.println(judge(roots, args[1], args[at]));
  }

  private static String judge(CommonTrustedCertificateSource roots, String policy, String path) {
    StringBuilder out = new StringBuilder("{\"file\":" + text(new File(path).getName()) + ",\"signatures\":[");
    try (InputStream rules = new FileInputStream(policy)) {
      CertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(roots);
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(path));
      validator.setCertificateVerifier(verifier);
      Reports reports = validator.validateDocument(rules);
      SimpleReport report = reports.getSimpleReport();
      String comma = "";
      for (String id : report.getSignatureIdList()) {
        out.append(comma).append("{\"indication\":").append(text(String.valueOf(report.getIndication(id))));
        out.append(",\"subIndication\":").append(text(String.valueOf(report.getSubIndication(id))));
        out.append(",\"level\":").append(text(String.valueOf(report.getSignatureFormat(id))));
        out.append(",\"signedBy\":").append(text(String.valueOf(report.getSignedBy(id))));
        out.append(",\"errors\":").append(list(report.getAdESValidationErrors(id)));
        out.append(",\"warnings\":").append(list(report.getAdESValidationWarnings(id))).append("}");
        comma = ",";
      }
      Set<String> stamps = new TreeSet<>();
      for (String id : report.getSignatureIdList()) {
        for (XmlTimestamp one : report.getSignatureTimestamps(id)) {
          stamps.add(one.getId() + " " + one.getIndication());
        }
      }
      List<String> indications = stamps.stream().map(one -> text(one.substring(one.lastIndexOf(' ') + 1))).toList();
      return out.append("],\"stamps\":[").append(String.join(",", indications)).append("]}").toString();
    } catch (Throwable error) {
      return "{\"file\":" + text(new File(path).getName()) + ",\"signatures\":[],\"stamps\":[],\"error\":" + text(String.valueOf(error)) + "}";
    }
  }

  private static String list(List<Message> messages) {
    return messages.stream().map(one -> text(one.getKey() + ": " + one.getValue())).collect(joining(",", "[", "]"));
  }

  private static String text(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
  }
}
