using System.Runtime.InteropServices;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Puts one folder in the place of another, so that whoever looks finds the old or the new one whole.</summary>
internal static class FolderSwap
{
    private const string Replaced = ".replaced-", Incoming = ".incoming-", Removed = ".removed-";
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE

    /// <summary>A hidden folder in which one is made ready, emptied.</summary>
    /// <param name="store">The folder of plugins.</param>
    /// <param name="name">The plugin's.</param>
    public static string Begin(string store, string name)
    {
        var folder = Path.Combine(store, $"{Incoming}{Environment.ProcessId}-{name}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, name));
        return folder;
    }

    /// <summary>Puts a folder in its place; one that is there comes out where the new one was.</summary>
    /// <param name="ready">Whole, on the same disk.</param>
    /// <param name="place">Where it belongs.</param>
    public static void Put(string ready, string place)
    {
        var store = Path.GetDirectoryName(place)!;
        if (!Directory.Exists(place)) Directory.Move(ready, place);
        else if (!TryExchange(ready, place))
        {
            // For a moment none is there. Whoever dies in it leaves the old one aside, and the next to come puts it back.
            var aside = Path.Combine(store, Replaced + Path.GetFileName(place));
            Directory.Move(place, aside);
            Directory.Move(ready, place);
            Directory.Move(aside, ready);
        }
        Disk.SyncFolder(store);
    }

    /// <summary>Takes a folder away at once, then deletes it.</summary>
    public static void Remove(string place)
    {
        var store = Path.GetDirectoryName(place)!;
        var removed = Path.Combine(store, $"{Removed}{Environment.ProcessId}-{Path.GetFileName(place)}");
        Directory.Move(place, removed);
        Disk.SyncFolder(store);
        Directory.Delete(removed, recursive: true);
    }

    /// <summary>Removes what others left half-done, and puts back what one was about to replace. Nobody else may be at work.</summary>
    public static void Clean(string store)
    {
        foreach (var folder in Directory.GetDirectories(store, ".*"))
        {
            var name = Path.GetFileName(folder);
            var original = name.StartsWith(Replaced, StringComparison.Ordinal) ? Path.Combine(store, name[Replaced.Length..]) : null;
            if (original is not null && !Directory.Exists(original)) Directory.Move(folder, original);
            else if (original is not null || name.StartsWith(Incoming, StringComparison.Ordinal)
                || name.StartsWith(Removed, StringComparison.Ordinal)) Directory.Delete(folder, recursive: true);
        }
    }

    private static bool TryExchange(string one, string other)
    {
        try { return Rename(CurrentFolder, one, CurrentFolder, other, Exchange) == 0; }
        // Not every C library has it, nor every file system.
        catch (EntryPointNotFoundException) { return false; }
        catch (DllNotFoundException) { return false; }
    }

    [DllImport("libc", EntryPoint = "renameat2")]
    private static extern int Rename(int oldFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string oldPath, int newFolder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath, uint flags);
}
