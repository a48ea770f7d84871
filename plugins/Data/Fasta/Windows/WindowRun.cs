namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>Windows of one length at even distances. Millions of windows take as much memory as one.</summary>
/// <param name="Region">Where they lie.</param>
/// <param name="Start">First base of the first.</param>
/// <param name="Step">Bases between starts.</param>
/// <param name="Count">How many.</param>
/// <param name="Length">Bases of each.</param>
internal readonly record struct WindowRun(Region Region, long Start, long Step, long Count, int Length);
