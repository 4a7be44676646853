namespace ProvingLayer.Cli.Commands;

/// <summary>What a key's proofs show of what went into them, in the words that every verb uses.</summary>
internal static class PrivacyText
{
    /// <summary>One word: what the header of a proof says.</summary>
    public static string Word(bool isHiding) => isHiding ? "zk" : "transparent";

    /// <summary>The word and what it means.</summary>
    public static string Short(bool isHiding) => isHiding ? "zk: hides what went into it" : "transparent: not zero-knowledge";

    /// <summary>For those who decide whom to give a proof to.</summary>
    public static string Full(bool isHiding) => isHiding
        ? "zk: zero-knowledge. A proof shows its statement, the program and the proof's size, and nothing else of what went into it"
        : "transparent: not zero-knowledge. A proof may reveal what went into it, beyond what it states";
}
