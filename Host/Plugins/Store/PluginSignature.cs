using System.Security.Cryptography;

namespace PluginHost.Host.Plugins.Store;

/// <summary>A signature of a manifest: ECDSA on the curve P-256 with SHA-256.</summary>
/// <param name="Key">Which key: SHA-256 of its public half in DER (SubjectPublicKeyInfo), lower-case hexadecimal.</param>
/// <param name="Value">The signature in DER, base64, as OpenSSL writes it.</param>
public sealed record PluginSignature(string Key, string Value)
{
    private const string Curve = "1.2.840.10045.3.1.7"; // P-256

    /// <summary>Signs a manifest.</summary>
    /// <param name="manifest">Whatever signature it has is replaced.</param>
    /// <param name="keyFile">The private key as PEM, not encrypted.</param>
    /// <exception cref="DataException">The file holds no such key.</exception>
    public static PluginManifest Sign(PluginManifest manifest, string keyFile)
    {
        using var key = Open(keyFile, "private");
        try
        {
            var value = key.SignData(manifest.Canonical(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            return manifest with { Signature = new(Fingerprint(key), Convert.ToBase64String(value)) };
        }
        catch (CryptographicException failure)
        {
            throw new DataException($"{keyFile} holds no private key; name the one that the public key was made from.", failure);
        }
    }

    /// <summary>Whether this is a key's signature of a manifest.</summary>
    /// <param name="manifest">What was signed.</param>
    /// <param name="pem">The public key.</param>
    public bool IsOf(PluginManifest manifest, string pem)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return Fingerprint(key) == Key && key.VerifyData(
                manifest.Canonical(), Convert.FromBase64String(Value), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Reads a public key, or the public half of a private one.</summary>
    /// <param name="keyFile">PEM.</param>
    /// <returns>Its fingerprint, and itself as PEM.</returns>
    /// <exception cref="DataException">The file holds no such key.</exception>
    public static (string Fingerprint, string Pem) ReadPublic(string keyFile)
    {
        using var key = Open(keyFile, "public");
        return (Fingerprint(key), key.ExportSubjectPublicKeyInfoPem());
    }

    private static string Fingerprint(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static ECDsa Open(string file, string half)
    {
        var text = Libs.Files.DataFile.Guard(file, () => File.ReadAllText(file));
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            if (key.ExportParameters(false).Curve.Oid.Value == Curve) return key;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new DataException(
                $"{file} holds no {half} key as PEM that can be read{(text.Contains("ENCRYPTED", StringComparison.Ordinal)
                    ? ": it is encrypted, so take the passphrase off first (openssl pkey)" : "")}. Make one with: openssl ecparam "
                + "-name prime256v1 -genkey -noout -out key.pem", failure);
        }
        key.Dispose();
        throw new DataException($"{file} holds a key on another curve than P-256. Make one with: openssl ecparam -name prime256v1 "
            + "-genkey -noout -out key.pem");
    }
}
