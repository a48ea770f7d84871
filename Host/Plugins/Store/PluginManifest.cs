using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginHost.Host.Plugins.Store;

/// <summary>What a plugin says of itself without being loaded: <c>plugin.json</c> in its folder.</summary>
public sealed record PluginManifest
{
    /// <summary>Its name.</summary>
    public const string FileName = "plugin.json";

    private static readonly JsonSerializerOptions indented = Options(indent: true), compact = Options(indent: false);

    /// <summary>Version of this file's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The plugin's name: that of its assembly and of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>What people call it; null for <see cref="Id"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What it is for, a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Who made it.</summary>
    public string? Authors { get; init; }

    /// <summary>Under which licence, an SPDX expression.</summary>
    public string? License { get; init; }

    /// <summary>The versions of the contract it is made for, a range; null for those its assembly was built against.</summary>
    public string? Contract { get; init; }

    /// <summary>The versions of the host it is made for, a range; null for all.</summary>
    public string? Host { get; init; }

    /// <summary>The assembly that names the plugin's entry: <c>ID.dll</c>.</summary>
    public string? Main { get; init; }

    /// <summary>What it offers.</summary>
    public IReadOnlyList<ProvidedComponent> Provides { get; init; } = [];

    /// <summary>Every other file of its folder.</summary>
    public IReadOnlyList<PluginFile> Files { get; init; } = [];

    /// <summary>Who vouches for all this; null for nobody.</summary>
    public PluginSignature? Signature { get; init; }

    /// <summary>Whether a file tells of a plugin or its installation, and is none of the plugin's own.</summary>
    /// <param name="path">In the plugin's folder.</param>
    public static bool IsAbout(string path) => path is FileName or InstallRecord.FileName;

    /// <summary>Reads a manifest and checks it.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="PluginException">It says nothing a plugin could be; the message is the rest of a sentence about it.</exception>
    public static PluginManifest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<PluginManifest>(json, indented);
            return manifest is null ? throw new PluginException("is empty")
                : ManifestCheck.Complain(manifest) is { } complaint ? throw new PluginException(complaint) : manifest;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new PluginException($"cannot be read: {failure.Message.Split(" Path:")[0].TrimEnd('.')}", failure);
        }
    }

    /// <summary>The file.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, indented), (byte)'\n'];

    /// <summary>What is signed: the file without the signature, without spaces, the files in the order of their names.</summary>
    public byte[] Canonical() => JsonSerializer.SerializeToUtf8Bytes(
        this with { Signature = null, Files = [.. Files.OrderBy(f => f.Path, StringComparer.Ordinal)] }, compact);

    private static JsonSerializerOptions Options(bool indent) => new()
    {
        WriteIndented = indent,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    };
}
