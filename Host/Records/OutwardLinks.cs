using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>Links in a folder that lead out of it: who writes into the folder writes elsewhere through them.</summary>
internal static class OutwardLinks
{
    /// <summary>The first there is, with where it leads; null for none. Links to folders are not followed.</summary>
    /// <param name="folder">The folder, which may be reached by a link itself.</param>
    public static (string Link, string Target)? Find(string folder) => Find(new DirectoryInfo(folder), folder);

    /// <summary>Refuses to write into a folder that has such a link.</summary>
    /// <exception cref="UsageException">It has one.</exception>
    public static void Refuse(string folder)
    {
        if (Find(folder) is var (link, target))
            throw new UsageException($"'{link}' is a link that leads out of the run folder, to '{target}', and going on with the run would "
                + "write there. Put what it leads to in its place, or start a new run with --output.");
    }

    private static (string Link, string Target)? Find(DirectoryInfo inside, string folder)
    {
        foreach (var entry in inside.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            if (entry.LinkTarget is { } target)
            {
                if (!Stays(entry.FullName, folder)) return (entry.FullName, target);
            }
            else if (entry is DirectoryInfo deeper && Find(deeper, folder) is { } found) return found;
        }
        return null;
    }

    private static bool Stays(string link, string folder)
    {
        try { return RealPath.IsInside(link, folder); }
        catch (IOException) { return false; }
    }
}
