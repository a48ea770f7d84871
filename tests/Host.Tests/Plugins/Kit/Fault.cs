namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>What is wrong with a component that is made to break a rule.</summary>
public enum Fault
{
    None, Throws, Random, Changes, Shares, Miscounts, NotFinite, Detached, Unused, Unregistered, UnstableNames,
    Decodes, NegativeId, LargeId, UnorderedSpans, FarSpan, EmptySpan, TooMany, DrawsElsewhere, SavesNothing, LoadsAnother,
    TurnedAxes, NotFiniteInHalf, NoLayers, SeesPadding, SeesNeighbours, LooksAhead,
    SecretColumn, WrongCount, WrongWidth, LabelsForPrediction, Order, Lazy, MovesAll,
}
