namespace ProvingLayer.Constraints.Maps;

/// <summary>What came of an access to a map.</summary>
public enum MapOutcome
{
    /// <summary>It was done: the key was found, or its entry put in or taken out.</summary>
    Done,

    /// <summary>The map has no such key, and its leaf is empty.</summary>
    Absent,

    /// <summary>The map has the key already.</summary>
    Present,

    /// <summary>The map has no such key, and another key stands in its leaf.</summary>
    Taken,
}
