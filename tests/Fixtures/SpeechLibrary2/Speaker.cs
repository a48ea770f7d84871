namespace Speech;

/// <summary>Version 2 of a private dependency.</summary>
public abstract class Speaker
{
    /// <summary>The version that speaks.</summary>
    public static int Version => 2;
}
