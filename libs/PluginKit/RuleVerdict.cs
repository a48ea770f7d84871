namespace PluginHost.PluginKit;

/// <summary>The verdict on one rule of the contract for one component.</summary>
/// <param name="Component">Kind and name, <c>tokenizer kmer</c>; empty for the plugin itself.</param>
/// <param name="Rule">In a few words, which also name it in a table: "save and load".</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Words">What was wrong, with which input, or why it was not tried; empty if it is kept.</param>
public sealed record RuleVerdict(string Component, string Rule, Outcome Outcome, string Words = "");
