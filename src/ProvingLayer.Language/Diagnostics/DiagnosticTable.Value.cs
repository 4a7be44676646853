namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 5: value.</content>
public static partial class DiagnosticTable
{
    /// <summary>Rounded in the wrong favour.</summary>
    public static DiagnosticDescriptor GuardedVault { get; } = Error(
        "TNR5001",
        "Rounded in the wrong favour",
        "a guarded vault {0} only exact or {1} amounts, and this is {2}",
        """
        A guarded vault never pays out more than what is owed, nor takes in less: it pays out only exact or 'lo' amounts and takes in only
        exact or 'hi' ones. Round with .floor() what leaves it and with .ceil() what enters it.
        """);

    /// <summary>An amount of no asset.</summary>
    public static DiagnosticDescriptor MoveAsset { get; } = Error(
        "TNR5002",
        "An amount of no asset",
        "'move' needs an amount of one asset, found {0}",
        """
        What is moved is an amount of one asset: a 'qty<A>', or an exact number whose unit is A.
        """);

    /// <summary>Not a vault.</summary>
    public static DiagnosticDescriptor NotAVault { get; } = Error(
        "TNR5003",
        "Not a vault",
        "'move' goes from and to vaults, in(party) and out(party); {0}",
        """
        A source is a vault of the machine's data or in(party), a sink a vault or out(party).
        """);

    /// <summary>Another asset.</summary>
    public static DiagnosticDescriptor AssetMismatch { get; } = Error(
        "TNR5004",
        "Another asset",
        "{0} holds {1}, but {2} is moved",
        """
        A vault holds one asset; only that asset is moved in and out of it.
        """);

    /// <summary>A ledger beside a final state.</summary>
    public static DiagnosticDescriptor LedgerBesideFinal { get; } = Error(
        "TNR5009",
        "A ledger beside a final state",
        "'{0}' is a ledger, and of a ledger nobody can tell whether it is empty: final state {1} would lock up what is in it",
        """
        What enters a final state with value in it never leaves: so its vaults have to be empty, which is a constraint. A ledger has a vault for each key, and no
        step looks at all of them. Take 'final' away, so that everybody can always take out what is his.
        """);

    /// <summary>A ledger that is used as a map.</summary>
    public static DiagnosticDescriptor LedgerMethod { get; } = Error(
        "TNR5010",
        "A ledger that is used as a map",
        "'{0}' is a ledger and has no '{1}': {0}[key].balance is what a key holds, and 'move' changes it",
        """
        A 'map<K, vault<A>, depth>' holds value, and value is not set, inserted or removed: 'move q from m[a] to m[b]' takes from one key what it gives to another.
        A key that nothing was moved to holds 0.
        """);

    /// <summary>From a vault to itself.</summary>
    public static DiagnosticDescriptor SameVault { get; } = Error(
        "TNR5005",
        "From a vault to itself",
        "this moves from a vault to the same vault",
        """
        Nothing would change. Remove the move, or name the vault that was meant.
        """);

    /// <summary>Money of somebody who did not sign.</summary>
    public static DiagnosticDescriptor PayerDidNotSign { get; } = Error(
        "TNR5006",
        "Money of somebody who did not sign",
        "in({1}) takes from a key that has to sign, and transition '{0}' asks nobody: write 'by {1}' before its edge",
        """
        Nobody's money moves without his signature: 'transition pay(q: qty<A>) by payer : Open -> Open' asks for it, and in(p) takes from one of
        the keys after 'by'. Where the compiler does not see that p is one of them, it is a constraint (NotAuthorized).
        """);

    /// <summary>Minting without being the issuer.</summary>
    public static DiagnosticDescriptor NotTheIssuer { get; } = Error(
        "TNR5007",
        "Minting without being the issuer",
        "'{0}' changes how much {1} there is, and machine '{2}' is not its issuer",
        """
        'mint' makes units of an asset and 'burn' destroys them. Only a machine that says so may: '@issuer(A)' before it, in the module that
        declares A. Everyone else moves what there is.
        """);

    /// <summary>An issuer outside the asset's module.</summary>
    public static DiagnosticDescriptor IssuerElsewhere { get; } = Error(
        "TNR5008",
        "An issuer outside the asset's module",
        "'{0}' is declared elsewhere: only machines of the module that declares an asset are its issuers",
        """
        Who reads the module of an asset sees everyone who can make units of it. Declare the asset in this module, or mint it in its own.
        """);
}
