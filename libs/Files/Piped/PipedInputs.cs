using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Piped;

/// <summary>
/// The pipes this process reads, each once. A plugin has a copy of this library of its own, and what one of them fetched from a pipe
/// no other can fetch again: so they share, in types of the runtime alone.
/// </summary>
public static class PipedInputs
{
    private const string Key = "PluginHost.PipedInputs";
    private static readonly ConcurrentDictionary<string, Lazy<(SafeFileHandle File, Func<long, long> Fill)>> inputs = Shared();

    /// <summary>What came out of a pipe so far, and what fetches more.</summary>
    /// <param name="path">A pipe, or standard input.</param>
    public static (SafeFileHandle File, Func<long, long> Fill) Of(string path) =>
        inputs.GetOrAdd(path, p => new(() =>
        {
            var input = new PipedInput(p);
            return (input.File, input.Fill);
        })).Value;

    private static ConcurrentDictionary<string, Lazy<(SafeFileHandle, Func<long, long>)>> Shared()
    {
        lock (AppDomain.CurrentDomain)
        {
            if (AppContext.GetData(Key) is ConcurrentDictionary<string, Lazy<(SafeFileHandle, Func<long, long>)>> shared) return shared;
            shared = new(StringComparer.Ordinal);
            AppContext.SetData(Key, shared);
            return shared;
        }
    }
}
