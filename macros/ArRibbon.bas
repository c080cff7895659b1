Attribute VB_Name = "ArRibbon"
Option Explicit
