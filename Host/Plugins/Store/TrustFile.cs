using System.Text.Json;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>A key whose signatures are believed.</summary>
/// <param name="Name">Whose it is, as the user calls them.</param>
/// <param name="Fingerprint">SHA-256 of the key, see <see cref="PluginSignature"/>.</param>
/// <param name="Pem">The public key.</param>
public sealed record TrustedKey(string Name, string Fingerprint, string Pem);

/// <summary>Whose signatures a user believes: <c>trust.json</c> in the folder of settings.</summary>
public sealed record TrustFile
{
    /// <summary>Whether only plugins with the signature of one of the keys are installed. Default no.</summary>
    public bool RequireSigned { get; init; }

    /// <summary>The keys.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; init; } = [];

    /// <summary>Where it lies.</summary>
    /// <exception cref="ResourceException">The user has no folder for settings.</exception>
    public static string Path => System.IO.Path.Combine(UserFolders.Required(UserFolders.Settings), "trust.json");

    /// <summary>Reads it; nobody is trusted where there is none.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public static TrustFile Read()
    {
        if (UserFolders.Settings is null || !File.Exists(Path)) return new();
        try
        {
            var read = JsonSerializer.Deserialize<TrustFile>(
                SmallFile.ReadBytes(Path, TextLimits.Settings, "a list of keys"), Json.Indented);
            if (read?.Keys is { } keys && keys.All(k => k is { Name: not null, Fingerprint: not null, Pem: not null })) return read;
        }
        catch (JsonException failure)
        {
            throw new DataException($"'{Path}' cannot be read: {failure.Message} Mend it, or delete it and trust the keys again.", failure);
        }
        throw new DataException($"'{Path}' says nothing that can be understood. Mend it, or delete it and trust the keys again.");
    }

    /// <summary>Writes it.</summary>
    public void Write()
    {
        Disk.Guard(Path, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!));
        Disk.WriteAtomically(Path, JsonSerializer.Serialize(this, Json.Indented) + "\n");
    }

    /// <summary>The key whose signature a manifest bears; null for nobody's that is known.</summary>
    public TrustedKey? SignerOf(PluginManifest manifest) => manifest.Signature is { } signature
        ? Keys.FirstOrDefault(k => k.Fingerprint == signature.Key && signature.IsOf(manifest, k.Pem)) : null;

    /// <summary>Why a plugin may not be installed as far as signatures go, as the rest of a sentence about it; null if it may.</summary>
    /// <param name="manifest">What it says.</param>
    /// <param name="requireSigned">Whether a signature is asked for beside what the file says.</param>
    public string? Refuse(PluginManifest manifest, bool requireSigned)
    {
        if (SignerOf(manifest) is not null) return null;
        if (manifest.Signature is { } signature && Keys.Any(k => k.Fingerprint == signature.Key))
            return "its signature does not match: it was changed after it was signed. Get it anew from who made it";
        if (!requireSigned && !RequireSigned) return null;
        return manifest.Signature is null ? "it is not signed, and only signed plugins are to be installed here"
            : $"it is signed with the key {manifest.Signature.Key[..Math.Min(12, manifest.Signature.Key.Length)]}, which is not trusted "
                + "here. Where you know whose it is, trust it: host plugins trust KEY.pem";
    }
}
