namespace PluginHost.Libs.Files.Formats;

/// <summary>A file format that somebody may give where another is wanted.</summary>
/// <param name="Name">With its article: <c>a FASTQ file</c>.</param>
/// <param name="Remedy">What reads or converts it, as the end of a sentence; <c>{0}</c> stands for the file.</param>
/// <param name="Text">For readers that take it; null where none does.</param>
/// <param name="IsGuess">Whether a table could look so too: to who reads tables it is said only once that has failed.</param>
public sealed record KnownFormat(string Name, string Remedy, TextFormat? Text = null, bool IsGuess = false);
