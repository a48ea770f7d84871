using System.Security.Cryptography;

namespace PluginHost.Torch.Loading;

/// <summary>The place of the mended copy of TorchSharp's native library: the user's cache, one folder for each content.</summary>
internal static class MendedCopy
{
    /// <summary>The user's cache folder, <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>; the system's temporary folder without either.</summary>
    internal static string CacheFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)) return given;
            var home = Environment.GetEnvironmentVariable("HOME");
            return string.IsNullOrEmpty(home) ? Path.Combine(Path.GetTempPath(), Environment.UserName) : Path.Combine(home, ".cache");
        }
    }

    /// <summary>Writes the mended copy unless it is there already, whole and unchanged.</summary>
    /// <param name="library">TorchSharp's native library.</param>
    /// <param name="cache">A folder that may be written.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="LibtorchException">The library is not as expected, or the copy cannot be written.</exception>
    internal static string Of(string library, string cache)
    {
        byte[] mended;
        try
        {
            mended = StreamsMend.Apply(File.ReadAllBytes(library));
        }
        catch (InvalidDataException e)
        {
            throw new LibtorchException($"{library} cannot be loaded with this system's libstdc++, and {e.Message}. " +
                "Install TorchSharp's package anew, or use a system whose libstdc++ has GLIBCXX_3.4.32 (GCC 13).", e);
        }

        var content = Convert.ToHexStringLower(SHA256.HashData(mended))[..16];
        var folder = Path.Combine(cache, "pluginhost", "torchsharp-" + content);
        var copy = Path.Combine(folder, Path.GetFileName(library));
        try
        {
            // Compared byte by byte: what lies in a cache is about to run.
            if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(mended)) return copy;
            Directory.CreateDirectory(folder);
            var draft = Path.Combine(folder, $".{Environment.ProcessId}-{Path.GetRandomFileName()}");
            try
            {
                File.WriteAllBytes(draft, mended);
                // Renamed into place: of two first starts at once the later replaces like by like, and nobody sees half a file.
                File.Move(draft, copy, overwrite: true);
            }
            finally
            {
                File.Delete(draft);
            }

            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LibtorchException($"The mended copy of {Path.GetFileName(library)} (2.4 MB) cannot be written to {folder}: " +
                $"{e.Message} Make room there, or point XDG_CACHE_HOME at a folder that can be written.", e);
        }
    }
}
