using System.Globalization;

namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>Bytes in words.</summary>
internal static class Sizes
{
    /// <summary>In GiB with one decimal; "unknown" below zero.</summary>
    public static string Gib(long bytes) => bytes < 0 ? "unknown"
        : (bytes / (double)(1L << 30)).ToString("F1", CultureInfo.InvariantCulture) + " GiB";
}
