using System.Security.Cryptography;

namespace PluginHost.Plugins.GGram;

/// <summary>Tells one token vocabulary from another.</summary>
internal static class TokenFingerprint
{
    /// <summary>SHA-256, in lower-case hex, of the token texts in id order, each followed by a line feed, in UTF-8.</summary>
    public static string Of(PluginHost.Vocabulary tokens)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var token in tokens.Tokens) hash.AppendData(System.Text.Encoding.UTF8.GetBytes(token + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
