namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 5: value.</content>
public static partial class DiagnosticTable
{
}
